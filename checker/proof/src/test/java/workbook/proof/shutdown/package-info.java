/**
 * Module 04: wrong and right implementations. The classes are whole, so that a chapter can quote
 * them; the tables hold changes to the reference.
 */
@NullMarked
package workbook.proof.shutdown;

import org.jspecify.annotations.NullMarked;
