/** The contracts of module 01. */
@NullMarked
package workbook.contracts.timed;

import org.jspecify.annotations.NullMarked;
