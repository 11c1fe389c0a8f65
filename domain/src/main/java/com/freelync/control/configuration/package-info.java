/** The platform's settings: changed by approval, seen beforehand, undone afterwards. */
@NullMarked
package com.freelync.control.configuration;

import org.jspecify.annotations.NullMarked;
