/** Module 06: recurring jobs. */
@NullMarked
package workbook.recurring;

import org.jspecify.annotations.NullMarked;
