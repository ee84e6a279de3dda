/** Implementations of module 01 that are right, each built in another way. */
@NullMarked
package workbook.proof.timed;

import org.jspecify.annotations.NullMarked;
