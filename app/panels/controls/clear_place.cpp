// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/clear_place.h"

#include <algorithm>

namespace app {

namespace {

// Where a card can begin along one direction. A place that covers least is among those at which an edge of the card
// meets an edge of something, or at which it can be had as wished.
std::vector<int> beginnings(int length, int low, int high, int wish, const std::vector<std::pair<int, int>> &spans)
{
    const int last = std::max(low, high - length);
    std::vector<int> all{std::clamp(wish - length / 2, low, last), low, last};
    for (const auto &[begin, end] : spans)
        for (const int at : {begin - length, end, begin, end - length})
            if (at >= low && at <= last)
                all.push_back(at);
    return all;
}

} // namespace

double covered(const QRect &card, const std::vector<KeptInSight> &kept)
{
    double sum = 0;
    for (const KeptInSight &one : kept) {
        const QRect both = card.intersected(one.area);
        sum += one.weight * both.width() * both.height();
    }
    return sum;
}

QRect clearPlace(QSize card, const QRect &bounds, const std::vector<KeptInSight> &kept, QPoint wish)
{
    std::vector<std::pair<int, int>> across;
    std::vector<std::pair<int, int>> down;
    for (const KeptInSight &one : kept) {
        across.emplace_back(one.area.left(), one.area.right() + 1);
        down.emplace_back(one.area.top(), one.area.bottom() + 1);
    }
    QRect best;
    std::pair<double, double> least;
    for (const int x : beginnings(card.width(), bounds.left(), bounds.right() + 1, wish.x(), across))
        for (const int y : beginnings(card.height(), bounds.top(), bounds.bottom() + 1, wish.y(), down)) {
            const QRect place(QPoint(x, y), card);
            const QPointF way = place.center() - wish;
            const std::pair cost{covered(place, kept), QPointF::dotProduct(way, way)};
            if (best.isNull() || cost < least) {
                best = place;
                least = cost;
            }
        }
    return best;
}

} // namespace app
