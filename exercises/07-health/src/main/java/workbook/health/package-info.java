/** Module 07: health checks. */
@NullMarked
package workbook.health;

import org.jspecify.annotations.NullMarked;
