/** Implementations of module 03 that are right, each built in another way. */
@NullMarked
package workbook.proof.cleanup;

import org.jspecify.annotations.NullMarked;
