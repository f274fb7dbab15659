using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>Texts about a number of things, of which languages have two forms: one key for each.</summary>
public static class CountedText
{
    private const string One = ".One";

    /// <summary>The text <c>key</c>, or where the number is one the text <c>key.One</c>. The number is its first place.</summary>
    public static string Counted(this IStringLocalizer texts, string key, long number, params object[] further) =>
        texts[number == 1 ? key + One : key, [number, .. further]];
}
