/** Module 04: a host that starts services together, and stops them in order. */
@NullMarked
package workbook.shutdown;

import org.jspecify.annotations.NullMarked;
