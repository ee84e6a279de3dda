/**
 * Module 03: wrong and right implementations. The classes are whole, so that a chapter can quote
 * them; the tables hold changes to the reference.
 */
@NullMarked
package workbook.proof.cleanup;

import org.jspecify.annotations.NullMarked;
