/** The given parts, where no contract looks at them. */
@NullMarked
package workbook.proof.hosting;

import org.jspecify.annotations.NullMarked;
