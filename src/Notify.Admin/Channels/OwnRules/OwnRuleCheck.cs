using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>What is wrong with a channel's own rules, for the form of every kind.</summary>
public static class OwnRuleCheck
{
    /// <summary>A key that the texts of every kind of channel have; its place is filled by what is wrong.</summary>
    public const string TextKey = "Form.OwnRules.Wrong";

    /// <summary>The first thing that is wrong, in the current UI culture; null where they are right.</summary>
    public static string? Of(string ownRules) =>
        OwnRuleJson.Read(ownRules).Problems is [var first, ..] ? first.Say(Bilingual.LanguageOf(CultureInfo.CurrentUICulture)) : null;
}
