/** The contracts of module 02. */
@NullMarked
package workbook.contracts.queue;

import org.jspecify.annotations.NullMarked;
