// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes the files built into the program reachable (":/icons/resilience-lab.svg", ...) and the fonts usable by their
// family, "Inter": regular, semi-bold and bold. Needs a QGuiApplication. Calling it again does nothing.
void loadResources();
