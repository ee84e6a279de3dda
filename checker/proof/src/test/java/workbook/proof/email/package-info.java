/** Module 05: broken and right implementations, the fault matrix, and a thousand mails. */
@NullMarked
package workbook.proof.email;

import org.jspecify.annotations.NullMarked;
