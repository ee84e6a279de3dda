/** The rules of module 04. */
@NullMarked
package workbook.checker.shutdown;

import org.jspecify.annotations.NullMarked;
