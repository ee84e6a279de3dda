/** The rules of module 05: sending over SMTP, a queue with delays, retries, and registration. */
@NullMarked
package workbook.contracts.email;

import org.jspecify.annotations.NullMarked;
