/** Implementations of module 02 that are right, each built in another way. */
@NullMarked
package workbook.proof.queue;

import org.jspecify.annotations.NullMarked;
