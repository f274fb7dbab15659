using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.ChannelPages;

/// <summary>A layout in words: for conflicts, and for those who may not change it.</summary>
internal static class LayoutSentence
{
    public static string Of(string? stored, IStringLocalizer<ChannelPagesText> texts)
    {
        var layout = MessageLayout.Read(stored);
        var language = Bilingual.LanguageOf(CultureInfo.CurrentUICulture);
        string[] parts =
        [
            .. layout.Title is { } title ? [$"{texts["Layout.TitleLine"]}: {title}"] : Array.Empty<string>(),
            .. layout.Before is { } before ? [$"{texts["Layout.Before"]}: {before}"] : Array.Empty<string>(),
            .. layout.Fields is { } names
                ? [$"{texts["Layout.Fields"]}: {string.Join(", ", names.Select(name => NameOf(name, language)))}"] : Array.Empty<string>(),
            .. layout.After is { } after ? [$"{texts["Layout.After"]}: {after}"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? texts["Layout.Standard"] : string.Join(" · ", parts);
    }

    public static string NameOf(string name, RuleLanguage language) => MessageField.Find(name)?.Label.In(language) ?? name;
}
