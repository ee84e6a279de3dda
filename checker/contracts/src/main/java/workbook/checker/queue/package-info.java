/** The contracts of module 02. */
@NullMarked
package workbook.checker.queue;

import org.jspecify.annotations.NullMarked;
