/** Module 06: what recurring jobs are made of. */
@NullMarked
package workbook.recurring;

import org.jspecify.annotations.NullMarked;
