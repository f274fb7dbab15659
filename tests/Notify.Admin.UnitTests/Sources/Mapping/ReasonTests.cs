using System.Globalization;
using System.Text.RegularExpressions;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Sources.Mapping;

public sealed partial class ReasonTests
{
    [Fact]
    public void EveryCodeThatIsNamed_HasATextWithAPlaceForEachArgument()
    {
        var named = Directory.EnumerateFiles(Repository.At("src", "Notify.Admin", "Sources"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(60);
        named.Where(code => new Reason(code).English == code).ShouldBeEmpty("codes without a text");
    }

    [Fact]
    public void English_IsEnglishWhateverTheReadersLanguage()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        new Reason("NoSeverity", "bad") { Place = "/level" }.English.ShouldStartWith("/level: “bad” is no severity");
        new Reason("NotClosed").English.ShouldBe("has a { that is not closed: a brace in a text is written twice");
    }

    [Fact]
    public void Stored_ItComesBackAsItWas_ButForWhatIsLikeASecret()
    {
        var reason = new Reason("NoState", "half \" open\n") { Place = "/a~1b" };

        StoredReasons.Read(StoredReasons.Write(reason)).ShouldBe(reason with { Arguments = ["half \" open"] });
        IReadOnlyList<MappingProblem> problems = [new(3, "state", new("NoState", "bad")), new(null, "title", new("NoValue"))];
        StoredReasons.ReadProblems(StoredReasons.Write(problems)).ShouldBe(problems);
        StoredReasons.Write(new Reason("NoState", "xoxb-12345678901-12345678901-abcdefabcdefabcdef")).ShouldNotContain("abcdefabcdef");
    }

    [GeneratedRegex("""(?:new Reason\(|SourceRefusal\.Proof\(|[ (]new\()"([A-Z]\w+)"|=> "(?<1>(?:Body|Text|Number|Flag)\w+)"|, "(?<1>Not[A-Z]\w+)"\)""")]
    private static partial Regex Code();
}
