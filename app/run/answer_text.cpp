// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/answer_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace app {

using resilience::labs::Question;

namespace {

QString answerTr(const char *text) { return QCoreApplication::translate("Answer", text); }
QString utf8Text(const std::string &utf8) { return QString::fromStdString(utf8); }

// The mistake that leads to this answer, as far as one is known.
QString mistakeIn(const Question &question, double given, const Question::Answer &truth)
{
    if (question.by == Question::By::Choice)
        return utf8Text(question.choices[size_t(given)].whyNot);
    const Question::Slip *nearest = nullptr;
    for (const Question::Slip &slip : truth.slips)
        if (!nearest || std::abs(slip.value - given) < std::abs(nearest->value - given))
            nearest = &slip;
    const double near = std::max(question.tolerance, 0.5);
    return nearest && std::abs(nearest->value - given) <= near ? utf8Text(nearest->why) : QString();
}

} // namespace

QString answerText(const Question &question, double value)
{
    switch (question.by) {
    case Question::By::Choice:
        return utf8Text(question.choices[size_t(value)].text);
    case Question::By::Time:
        return answerTr("%1 s").arg(value, 0, 'f', 1);
    case Question::By::Number:
        break;
    }
    return QString::number(std::lround(value));
}

QString verdictText(const Question &question, double given, const Question::Answer &truth)
{
    const QString because = utf8Text(truth.because);
    if (question.isRight(given, truth))
        return answerText(question, given) == answerText(question, truth.value)
                   ? answerTr("%1, as you said. %2").arg(answerText(question, truth.value), because)
                   : answerTr("It was %1; you said %2, which is near enough. %3")
                         .arg(answerText(question, truth.value), answerText(question, given), because);
    const QString mistake = mistakeIn(question, given, truth);
    const QString said =
        answerTr("You said %1, it was %2.").arg(answerText(question, given), answerText(question, truth.value));
    return mistake.isEmpty() ? said + u' ' + because : said + u' ' + because + u' ' + mistake;
}

QString wholeVerdictText(const Question &question, double given, const Question::Answer &truth)
{
    QString all = verdictText(question, given, truth);
    const auto add = [&](double value, const std::string &why) {
        const bool told = question.by == Question::By::Choice && value == given;
        if (!question.isRight(value, truth) && !told && !all.contains(utf8Text(why)))
            all += QStringLiteral("\n") + answerTr("Not %1: %2").arg(answerText(question, value), utf8Text(why));
    };
    for (size_t i = 0; i < question.choices.size(); ++i)
        add(double(i), question.choices[i].whyNot);
    for (const Question::Slip &slip : truth.slips)
        add(slip.value, slip.why);
    return all;
}

} // namespace app
