/** Module 01: a timed service. */
@NullMarked
package workbook.timed;

import org.jspecify.annotations.NullMarked;
