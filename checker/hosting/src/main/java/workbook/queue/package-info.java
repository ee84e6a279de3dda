/** Module 02: what a task queue is made of. */
@NullMarked
package workbook.queue;

import org.jspecify.annotations.NullMarked;
