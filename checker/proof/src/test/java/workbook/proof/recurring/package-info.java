/** Implementations of module 06 that are right, each built in another way. */
@NullMarked
package workbook.proof.recurring;

import org.jspecify.annotations.NullMarked;
