/** Module 05: what an email queue over SMTP is made of. */
@NullMarked
package workbook.email;

import org.jspecify.annotations.NullMarked;
