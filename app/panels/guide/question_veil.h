// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/guide/question_card.h"
#include "widgets/look/theme.h"

#include <QPointer>
#include <QWidget>

#include <functional>

namespace app {

class VerdictCard;

// Over the stage while something is asked: the picture steps back, its heading is covered, and the card stands
// beside what it asks about, as near to the middle as that leaves room, with a line to it. Afterwards the verdict,
// until it folds away. Takes no room: nothing moves when it comes and goes.
class QuestionVeil : public QWidget {
    Q_OBJECT

public:
    // Where on the stage a spot is; empty when it is not there.
    using AreaOf = std::function<QRectF(const resilience::labs::Spot &spot)>;

    // The areas of a part of the stage's picture.
    using PartsOf = std::function<std::vector<QRectF>(const std::string &name)>;

    // `card`: what holds the stage; the veil is as large.
    QuestionVeil(Session &session, AreaOf areaOf, PartsOf partsOf, QWidget *card);

    void setAround(QuestionCard::Around around) { m_question->setAround(around); }
    void setFrame();
    void setTheme(const widgets::Theme &theme);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void ask(const resilience::labs::Question *asked);
    void place();
    QRect placeForQuestion() const;
    QRectF header() const;
    void paintCovered(QPainter &painter, const QRectF &part) const;
    void paintHeader(QPainter &painter) const;
    void paintPointer(QPainter &painter) const;

    Session &m_session;
    AreaOf m_areaOf;
    PartsOf m_partsOf;
    widgets::Theme m_theme;
    QuestionCard *m_question;
    VerdictCard *m_verdict;
    QRectF m_spot; // what is asked about; empty: nothing to be seen
    QPointer<QWidget> m_before; // had the keyboard before it was asked
    // As of the last frame: what is resized before the next is still about that.
    const resilience::labs::Question *m_asked = nullptr;
};

} // namespace app
