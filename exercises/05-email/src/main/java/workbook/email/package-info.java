/** Module 05: an email queue over SMTP. */
@NullMarked
package workbook.email;

import org.jspecify.annotations.NullMarked;
