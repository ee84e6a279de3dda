/** Implementations of module 04 that are right, each built in another way. */
@NullMarked
package workbook.proof.shutdown;

import org.jspecify.annotations.NullMarked;
