using System.Globalization;

namespace Notify.Admin.Rules;

/// <summary>The languages rules can be put into words in.</summary>
public enum RuleLanguage
{
    En,
    Zh,
}

/// <summary>A text in both languages.</summary>
public readonly record struct Bilingual(string En, string Zh)
{
    public string In(RuleLanguage language) => language == RuleLanguage.Zh ? Zh : En;

    /// <summary>The language for a UI culture: Chinese for every <c>zh</c>, else English.</summary>
    public static RuleLanguage LanguageOf(CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "zh" ? RuleLanguage.Zh : RuleLanguage.En;
}
