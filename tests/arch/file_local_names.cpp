// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/arch/file_local_names.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace tests {

namespace {

// Without comments, texts and preprocessor lines.
QStringList tokensOf(QString text)
{
    static const QRegularExpression comment(QStringLiteral("//[^\n]*|/\\*.*?\\*/"),
                                            QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression raw(QStringLiteral("R\"(\\w*)\\(.*?\\)\\1\""),
                                        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression quoted(
        QStringLiteral("\"(?:\\\\.|[^\"\\\\\n])*\"|(?<!\\w)'(?:\\\\.|[^'\\\\\n])+'"));
    static const QRegularExpression directive(QStringLiteral("^[ \t]*#(?:[^\n]*\\\\\n)*[^\n]*"),
                                              QRegularExpression::MultilineOption);
    static const QRegularExpression token(QStringLiteral("[A-Za-z_]\\w*|::|[^\\s\\w]|\\d[\\w.']*"));
    text.replace(raw, QStringLiteral("0"));
    text.replace(quoted, QStringLiteral("0"));
    text.replace(comment, QStringLiteral(" "));
    text.remove(directive);
    QStringList tokens;
    for (auto all = token.globalMatch(text); all.hasNext();)
        tokens << all.next().captured();
    return tokens;
}

bool isWord(const QString &token) { return !token.isEmpty() && (token[0].isLetter() || token[0] == u'_'); }

bool isTypeWord(const QString &token)
{
    return token == QLatin1String("struct") || token == QLatin1String("class") || token == QLatin1String("enum")
           || token == QLatin1String("union");
}
bool isType(const QStringList &statement) { return statement.size() > 1 && isTypeWord(statement[0]); }

// Without "template <...>".
QStringList withoutTemplate(QStringList statement)
{
    while (statement.value(0) == QLatin1String("template")) {
        qsizetype end = 1;
        for (int depth = 0; end < statement.size(); ++end) {
            depth += (statement[end] == QLatin1String("<")) - (statement[end] == QLatin1String(">"));
            if (depth == 0)
                break;
        }
        statement = statement.mid(end + 1);
    }
    return statement;
}

// The last word before what is called, assigned or built: the name. Empty for what defines no name of its own.
QString nameIn(const QStringList &statement)
{
    QString last;
    bool qualified = false;
    int angles = 0;
    for (qsizetype i = 0; i < statement.size(); ++i) {
        const QString &token = statement[i];
        if (token == QLatin1String("operator"))
            return {};
        if (token == QLatin1String("{") && isTypeWord(last)) { // of a type without a name
            last.clear();
            continue;
        }
        if (token == QLatin1String("<") && !last.isEmpty()) {
            ++angles;
        } else if (token == QLatin1String(">") && angles > 0) {
            --angles;
        } else if (angles == 0
                   && (token == QLatin1String("(") || token == QLatin1String("=") || token == QLatin1String("{")
                       || (token == QLatin1String("[") && !last.isEmpty()))) {
            break;
        } else if (angles == 0 && isWord(token)) {
            qualified = statement.value(i - 1) == QLatin1String("::");
            last = token;
        }
    }
    return qualified ? QString() : last;
}

class Reader {
public:
    QVector<FileLocalName> read(const QStringList &tokens)
    {
        for (const QString &token : tokens)
            take(token);
        return m_names;
    }

private:
    enum class Scope : uint8_t { Named, Nameless, Body };

    bool atNamespaceLevel() const { return !m_scopes.contains(Scope::Body); }

    void take(const QString &token)
    {
        if (token == QLatin1String("{")) {
            open();
        } else if (token == QLatin1String("}")) {
            close();
        } else if (atNamespaceLevel() && token == QLatin1String(";")) {
            define();
        } else if (atNamespaceLevel()) {
            m_statement << token;
        }
    }

    void open()
    {
        const bool isNamespace = atNamespaceLevel()
                                 && (m_statement.value(0) == QLatin1String("namespace")
                                     || m_statement.value(1) == QLatin1String("namespace"));
        if (isNamespace) {
            m_scopes << (m_statement.last() == QLatin1String("namespace") ? Scope::Nameless : Scope::Named);
            m_statement.clear();
            return;
        }
        if (atNamespaceLevel())
            m_statement << QStringLiteral("{");
        m_scopes << Scope::Body;
    }

    void close()
    {
        if (m_scopes.isEmpty())
            return;
        const Scope closed = m_scopes.takeLast();
        if (closed != Scope::Body)
            m_statement.clear();
        else if (atNamespaceLevel() && isFunction())
            define();
    }

    // A body ends a function's definition; a type's or a variable's goes on to its semicolon.
    bool isFunction() const
    {
        const QStringList statement = withoutTemplate(m_statement);
        const auto parenthesis = statement.indexOf(QStringLiteral("("));
        const auto assigned = statement.indexOf(QStringLiteral("="));
        return parenthesis >= 0 && !isType(statement) && (assigned < 0 || assigned > parenthesis);
    }

    void define()
    {
        const QStringList statement = withoutTemplate(std::exchange(m_statement, {}));
        const bool local = m_scopes.contains(Scope::Nameless) || statement.mid(0, 3).contains(QStringLiteral("static"));
        if (!local || statement.isEmpty() || statement[0] == QLatin1String("static_assert"))
            return;
        FileLocalName found{.definition = statement.join(u' ')};
        if (statement[0] == QLatin1String("using") || statement[0] == QLatin1String("namespace")) {
            found.alias = statement.value(2) == QLatin1String("=");
            found.name = found.alias ? statement[1] : QString();
        } else if (isType(statement) && statement.indexOf(QStringLiteral("(")) < 0) {
            found.name = statement[statement[1] == QLatin1String("class") ? 2 : 1];
        } else {
            found.name = nameIn(statement);
        }
        const auto known = [&](const FileLocalName &other) { return other.name == found.name; };
        if (!found.name.isEmpty() && std::none_of(m_names.cbegin(), m_names.cend(), known))
            m_names << found;
    }

    QVector<Scope> m_scopes;
    QStringList m_statement;
    QVector<FileLocalName> m_names;
};

} // namespace

QVector<FileLocalName> fileLocalNames(const QString &text) { return Reader().read(tokensOf(text)); }

} // namespace tests
