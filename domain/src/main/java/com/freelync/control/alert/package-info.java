/** What the system tells people about by itself: rules, and the alerts that they raise. */
@NullMarked
package com.freelync.control.alert;

import org.jspecify.annotations.NullMarked;
