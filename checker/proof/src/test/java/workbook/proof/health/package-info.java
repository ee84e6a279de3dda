/**
 * Module 07: wrong and right implementations. The classes are whole, so that a chapter can quote
 * them; the tables hold changes to the reference.
 */
@NullMarked
package workbook.proof.health;

import org.jspecify.annotations.NullMarked;
