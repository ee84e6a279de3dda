/** The rules of module 04. */
@NullMarked
package workbook.contracts.shutdown;

import org.jspecify.annotations.NullMarked;
