/** Implementations of module 05 that are right, each built in another way. */
@NullMarked
package workbook.proof.email;

import org.jspecify.annotations.NullMarked;
