/** The contracts of module 01. */
@NullMarked
package workbook.checker.timed;

import org.jspecify.annotations.NullMarked;
