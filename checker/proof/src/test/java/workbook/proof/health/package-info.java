/** Implementations of module 07 that are right, each built in another way. */
@NullMarked
package workbook.proof.health;

import org.jspecify.annotations.NullMarked;
