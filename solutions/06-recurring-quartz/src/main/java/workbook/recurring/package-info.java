/** Module 06: recurring jobs once more, over Quartz. */
@NullMarked
package workbook.recurring;

import org.jspecify.annotations.NullMarked;
