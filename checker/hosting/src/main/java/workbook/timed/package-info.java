/** Module 01: what a timed service is made of. */
@NullMarked
package workbook.timed;

import org.jspecify.annotations.NullMarked;
