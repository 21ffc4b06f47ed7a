/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/*
 * Functions that do not compile here. The build includes this file before every
 * source; the system headers come first, so that their own declarations stand.
 *
 * Instead of             take
 * strcpy strcat strncpy  struct strbuf, memcpy with a known length
 * sprintf vsprintf       snprintf, strbuf_addf
 * gets strtok            getline, strtok_r
 * system popen           the spawner's fixed list of helpers
 * atoi atol atoll atof   the checked parsers of base/
 * strtod strtof strtold  money is integer minor units: base/money.h
 * localtime gmtime       localtime_r, gmtime_r: bankd has threads
 * ctime asctime          strftime
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(func) func##_is_banned_see_base_banned_h

#undef strcpy
#define strcpy(...) BANNED(strcpy)
#undef strcat
#define strcat(...) BANNED(strcat)
#undef strncpy
#define strncpy(...) BANNED(strncpy)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef gets
#define gets(...) BANNED(gets)
#undef strtok
#define strtok(...) BANNED(strtok)
#undef system
#define system(...) BANNED(system)
#undef popen
#define popen(...) BANNED(popen)
#undef atoi
#define atoi(...) BANNED(atoi)
#undef atol
#define atol(...) BANNED(atol)
#undef atoll
#define atoll(...) BANNED(atoll)
#undef atof
#define atof(...) BANNED(atof)
#undef strtod
#define strtod(...) BANNED(strtod)
#undef strtof
#define strtof(...) BANNED(strtof)
#undef strtold
#define strtold(...) BANNED(strtold)
#undef localtime
#define localtime(...) BANNED(localtime)
#undef gmtime
#define gmtime(...) BANNED(gmtime)
#undef ctime
#define ctime(...) BANNED(ctime)
#undef asctime
#define asctime(...) BANNED(asctime)

#endif
