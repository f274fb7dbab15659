using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Notify.Admin.UnitTests;

/// <summary>Every text exists in both languages, and every key that is asked for exists.</summary>
public sealed partial class ResourceFilesTests
{
    private static readonly string Source = FindSource();

    // Of these the number is a constant, a size that is shown whatever it is, or always more.
    private static readonly string[] NeverOne =
    [
        "AccessText/Attention.DriftedMany", "AccessText/Bulk.Count", "AccessText/Import.File.Hint", "AccessText/Import.Planned",
        "AccessText/Paste.Unknown.Partly", "AccessText/Picker.NobodySoFar", "AccountsText/Mail.Lasts", "AccountsText/Passkeys.TooMany",
        "AuditText/Chain.Reading", "AuditText/Entry.Times", "ChatbotText/Test.RetryAfter", "ConfigText/Effect.Sending",
        "DeliveriesText/Month.Attention.Text", "DeliveriesText/Month.Change", "DeliveriesText/Month.Change.New",
        "DeliveriesText/Month.Used", "DeliveriesText/Month.WillBeUsedUp", "DeliveryPolicyText/Sentence.EveryDays",
        "DingTalkText/Message.Events", "DingTalkText/Message.MoreTypes", "FormText/Provisioned.Editable", "OverviewText/Problem.Channels",
        "OverviewText/Problems.All", "RuleBuilderText/Own.Full", "RuleSetText/List.UsedBy", "SlackText/Message.Events",
        "SlackText/Message.MoreKinds", "SlackText/Picker.CountShown", "SlackText/Picker.Reading", "SlackText/Picker.Stopped",
        "SlackText/Picker.Waiting", "WhereToText/Answer.Count",
    ];

    // What code appends to a key that it was given.
    private static readonly string[] Appended = ["From", "Of", ".Kayran"];

    private static readonly Lazy<string> Code = new(() => string.Join('\n',
        Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories).Where(IsOurs)
        .Where(file => Path.GetExtension(file) is ".razor" or ".cs").Select(File.ReadAllText)));

    private static readonly Lazy<IReadOnlyList<Regex>> Interpolated = new(() => [.. InterpolatedText().Matches(Code.Value)
        .Select(text => Hole().Split(text.Groups["text"].Value))
        .Where(parts => parts.Length > 1 && parts.Any(part => part.Any(char.IsLetter)))
        .Select(parts => $"^{string.Join(".+", parts.Select(Regex.Escape))}$").Distinct().Select(pattern => new Regex(pattern))]);

    public static TheoryData<string> EnglishFiles => new(
        Directory.EnumerateFiles(Source, "*Text.resx", SearchOption.AllDirectories).Where(IsOurs).Select(Relative)
        .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(EnglishFiles))]
    public void Texts_InBothLanguages_HaveTheSameKeysAndPlaces(string file)
    {
        var english = ReadTexts(Path.Combine(Source, file));
        var chinese = ReadTexts(Path.Combine(Source, Path.ChangeExtension(file, ".zh-CN.resx")));

        chinese.Keys.Order(StringComparer.Ordinal).ShouldBe(english.Keys.Order(StringComparer.Ordinal));
        english.Concat(chinese).Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => text.Key).ShouldBeEmpty();
        english.Where(text => !Places(text.Value).SetEquals(Places(chinese[text.Key]))).Select(text => text.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Texts_InChinese_HaveAnEnglishFile() =>
        Directory.EnumerateFiles(Source, "*.zh-CN.resx", SearchOption.AllDirectories).Where(IsOurs)
            .Where(file => !File.Exists(file.Replace(".zh-CN.resx", ".resx", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    // An installation has no source folder, and no sandbox beside it.
    [Fact]
    public void Texts_NameNothingOfTheSourceTree() =>
        Directory.EnumerateFiles(Source, "*Text*.resx", SearchOption.AllDirectories).Where(IsOurs)
            .SelectMany(file => ReadTexts(file).Where(text => text.Value.Contains("tests/", StringComparison.OrdinalIgnoreCase)
                || text.Value.Contains("sandbox", StringComparison.OrdinalIgnoreCase)).Select(text => $"{Relative(file)}: {text.Key}"))
            .ShouldBeEmpty();

    [Fact]
    public void Keys_AskedFor_Exist()
    {
        var texts = Directory.EnumerateFiles(Source, "*Text.resx", SearchOption.AllDirectories).Where(IsOurs)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, file => ReadTexts(file).Keys.ToHashSet());

        var missing =
            from file in Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories).Where(IsOurs)
                .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            let code = File.ReadAllText(file)
            let localizers = LocalizersOf(file, code)
            from Match use in KeyUse().Matches(code)
            where localizers.TryGetValue(use.Groups["name"].Value, out var text)
                && !Exists(texts.GetValueOrDefault(localizers[use.Groups["name"].Value]), use)
            select $"{Relative(file)}: {use.Value}";

        missing.ShouldBeEmpty();
    }

    // MudBlazor asks for those of its components.
    public static TheoryData<string> FilesAskedForHere =>
        new(EnglishFiles.Select(row => row.Data).Where(file => !file.EndsWith("ComponentText.resx", StringComparison.Ordinal)));

    // Keys that code puts together are sought by what their parts have in common.
    [Theory]
    [MemberData(nameof(FilesAskedForHere))]
    public void Texts_AreAskedFor(string file)
    {
        var unused = ReadTexts(Path.Combine(Source, file)).Keys.Where(key =>
            !Code.Value.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !Interpolated.Value.Any(pattern => pattern.IsMatch(key))
            && !Appended.Any(end => key.EndsWith(end, StringComparison.Ordinal)));

        unused.ShouldBeEmpty();
    }

    // "1 keys": a text about a number of things has another form for one.
    [Fact]
    public void Texts_ThatAreCounted_HaveAFormForOne()
    {
        var texts = Directory.EnumerateFiles(Source, "*Text.resx", SearchOption.AllDirectories).Where(IsOurs)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, file => ReadTexts(file).Keys.ToHashSet());

        var missing =
            from file in Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories).Where(IsOurs)
                .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            let code = File.ReadAllText(file)
            let localizers = LocalizersOf(file, code)
            from Match use in CountedUse().Matches(code)
            let keys = texts[localizers[use.Groups["name"].Value]]
            let key = use.Groups["key"].Value
            where !keys.Contains(key) || !keys.Contains($"{key}.One")
            select $"{Relative(file)}: {use.Value}";

        missing.ShouldBeEmpty();
    }

    // Where a number and a word for several stand side by side, there is a form for one, or the number is a limit that is never one.
    [Theory]
    [MemberData(nameof(EnglishFiles))]
    public void Texts_WithANumberOfThings_HaveAFormForOne(string file)
    {
        var texts = ReadTexts(Path.Combine(Source, file));

        texts.Where(text => Plural().IsMatch(text.Value) && !HasFormForOne(texts, text.Key)
            && !NeverOne.Contains($"{Path.GetFileNameWithoutExtension(file)}/{text.Key}")).Select(text => text.Key).ShouldBeEmpty();
    }

    private static bool HasFormForOne(Dictionary<string, string> texts, string key) =>
        key.EndsWith(".One", StringComparison.Ordinal) || key.EndsWith("One", StringComparison.Ordinal)
        || texts.Keys.Any(other => other == $"{key}.One" || OneOf(key).Contains(other));

    // The older spellings of it.
    private static string[] OneOf(string key)
    {
        var (stem, last) = key.LastIndexOf('.') is var dot and >= 0 ? (key[..dot], key[(dot + 1)..]) : ("", key);
        return [$"{key}One", $"{stem}.One", $"{stem}.One{last.TrimEnd('s')}", $"{stem}.{last.TrimEnd('s')}One", $"{stem}.UncoveredOne"];
    }

    // An interpolated key must fit at least one text.
    private static bool Exists(HashSet<string>? keys, Match use)
    {
        var key = use.Groups["key"].Value;
        if (keys is null)
        {
            return false;
        }

        if (!use.Groups["interpolated"].Success)
        {
            return keys.Contains(key);
        }

        var pattern = new Regex($"^{string.Join(".+", Hole().Split(key).Select(Regex.Escape))}$");
        return keys.Any(pattern.IsMatch);
    }

    // A component's localizer may be declared in its other half.
    private static Dictionary<string, string> LocalizersOf(string file, string code)
    {
        var otherHalf = file.EndsWith(".razor.cs", StringComparison.Ordinal) ? file[..^3] : file + ".cs";
        var all = File.Exists(otherHalf) ? code + File.ReadAllText(otherHalf) : code;
        var localizers = new Dictionary<string, string>();
        foreach (Match declaration in Declaration().Matches(all))
        {
            localizers[declaration.Groups["name"].Value] = declaration.Groups["text"].Value;
        }

        return localizers;
    }

    private static Dictionary<string, string> ReadTexts(string file) =>
        XDocument.Load(file).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(place => place.Groups[1].Value)];

    private static bool IsOurs(string file) =>
        !Relative(file).Split('/', '\\').Any(folder => folder is "bin" or "obj" or "wwwroot");

    private static string Relative(string file) => Path.GetRelativePath(Source, file);

    private static string FindSource([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Notify.Admin"));

    [GeneratedRegex("""IStringLocalizer<(?<text>\w+)>\s+(?<name>\w+)""")]
    private static partial Regex Declaration();

    [GeneratedRegex("""\b(?<name>\w+)\[(?<interpolated>\$)?"(?<key>[^"]+)"[\],]""")]
    private static partial Regex KeyUse();

    [GeneratedRegex("""\b(?<name>\w+)\.Counted\("(?<key>[^"]+)",""")]
    private static partial Regex CountedUse();

    // After "at most", "longer than" and the like stands a limit.
    [GeneratedRegex(@"(?<!(at most|at least|than|from|1 to|0 to|first|newest|last) )\{\d\} (more |other |new |API |access |stored |further |of the |of \{\d\} )?(alerts|attempts|API keys|channels|changes|chatbots|days|deliveries|entries|events|functions|integrations|keys|lists|messages|minutes|mistakes|names|passkeys|payloads|people|problems|repeats|rows|rules|secrets|sources|things|times|types)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Plural();

    // What stands in its holes may have quotes of its own.
    [GeneratedRegex(@"\$""(?<text>(?:[^""{\r\n]|\{[^{}\r\n]*\})+)""")]
    private static partial Regex InterpolatedText();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();
}
