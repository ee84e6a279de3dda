/** Module 02: a task queue. */
@NullMarked
package workbook.queue;

import org.jspecify.annotations.NullMarked;
