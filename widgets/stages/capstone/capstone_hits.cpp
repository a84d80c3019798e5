// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/capstone/capstone_layout.h"

#include "widgets/stages/capstone/capstone_words.h"

namespace widgets {

void ShopLayout::addHits(const Theme &theme)
{
    if (!services.empty()) {
        hits.push_back({targets::Client{0}, client.rect});
        for (size_t i = 0; i < lines.size(); ++i) {
            const ShopLineShape &shape = lines[i];
            const double half = theme.px(kThickestShopLine / 2 + 1);
            const QRectF band(shape.from - QPointF(0, half), shape.to + QPointF(0, half));
            hits.push_back({targets::part(ShopPart::Line, shape.line.pipeline),
                            shape.rate.text.isEmpty() ? band : band.united(shape.rate.rect)});
            for (const PolicyChip &chip : shape.chips)
                hits.push_back({targets::PipelinePolicy{chip.pipeline, chip.kind}, chip.rect});
            hits.push_back({targets::Service{services[i].service}, services[i].box.rect});
        }
    }
    hits.push_back({targets::part(ShopFigure::Goodput), goodput.rect()});
    for (const ShopNumber &number : numbers)
        hits.push_back({targets::part(number.figure), number.caption.rect.united(number.number.rect), {}, false});
    for (const StageDot &dot : dots)
        hits.push_back(dot.hit(theme));
}

std::vector<StageLabel> ShopLayout::labels() const
{
    std::vector<StageLabel> all = header.labels();
    all.insert(all.end(), {client.name, client.detail, goodput.caption, goodput.number});
    for (const ShopBox &service : services)
        all.insert(all.end(), {service.box.name, service.box.detail, service.queueText});
    for (const ShopLineShape &shape : lines) {
        all.push_back(shape.rate);
        for (const PolicyChip &chip : shape.chips)
            all.push_back(chip.label);
    }
    for (const ShopNumber &number : numbers)
        all.insert(all.end(), {number.caption, number.number});
    all.insert(all.end(), key.begin(), key.end());
    std::erase_if(all, [](const StageLabel &label) { return label.text.isEmpty(); });
    return all;
}

std::vector<StageShape> ShopLayout::shapes() const
{
    std::vector<StageShape> all;
    if (!services.empty())
        all.push_back({QStringLiteral("client"), client.rect});
    for (const ShopBox &service : services)
        all.push_back({QStringLiteral("service"), service.box.rect});
    for (const ShopLineShape &shape : lines)
        for (const PolicyChip &chip : shape.chips)
            all.push_back({QStringLiteral("chip"), chip.rect});
    if (!header.pillShape.isEmpty())
        all.push_back({QStringLiteral("pill"), header.pillShape});
    return all;
}

std::vector<StageShape> ShopLayout::parts() const
{
    QRectF figures = goodput.rect();
    for (const ShopNumber &number : numbers)
        figures = figures.united(number.caption.rect).united(number.number.rect);
    std::vector<StageShape> all{{QStringLiteral("figures"), figures}};
    for (const ShopLineShape &shape : lines) {
        const QRectF line(shape.from - QPointF(0, kThickestShopLine), shape.to + QPointF(0, kThickestShopLine));
        all.push_back({QStringLiteral("rates"), line.united(shape.rate.rect)});
    }
    return all;
}

} // namespace widgets
