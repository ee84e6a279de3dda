/** Broken and right implementations of module 06. */
@NullMarked
package workbook.proof.recurring;

import org.jspecify.annotations.NullMarked;
