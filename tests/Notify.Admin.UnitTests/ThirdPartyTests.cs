using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;

namespace Notify.Admin.UnitTests;

/// <summary><c>src/Notify.Admin/THIRD-PARTY.md</c> lists every package with version and licence, as the default build restores
/// them.</summary>
public sealed class ThirdPartyTests
{
    private const string Variable = "NOTIFY_TEST_RENEW";

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../.."));

    [Fact]
    public async Task List_OfPackages_IsUpToDate()
    {
        var file = Path.Combine(Root, "src/Notify.Admin/THIRD-PARTY.md");
        var text = string.Join('\n',
        [
            "# Packages of others", "",
            "What the default build restores and the tests download, with what each belongs to, its version and its licence. Written by `ThirdPartyTests`; renew it with",
            $"`{Variable}=1 dotnet test tests/Notify.Admin.UnitTests --filter ThirdPartyTests`.", "",
            "## NuGet, the product", "", "Those that only build or migrate (`Microsoft.CodeAnalysis.*`, `Microsoft.EntityFrameworkCore.Design` and what they bring) are not published with it.", "",
            .. Table(Nuget("src/Notify.Admin")), "",
            "## NuGet, tests only", "", .. Table(Nuget("tests/Notify.Admin.UnitTests").Except(Nuget("src/Notify.Admin"))), "",
            "## npm, tests only", "", .. Table(Npm()), "",
        ]);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        (File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "").ShouldBe(text,
            $"a package was added, taken out or renewed: run `{Variable}=1 dotnet test tests/Notify.Admin.UnitTests --filter ThirdPartyTests`, look at the licences and commit THIRD-PARTY.md");
    }

    private static IEnumerable<string> Table(IEnumerable<(string Name, string Version, string Licence)> packages) =>
    [
        "| package | version | licence |", "| --- | --- | --- |",
        .. packages.Distinct().OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
        .ThenBy(package => package.Version, StringComparer.Ordinal)
            .Select(package => $"| {package.Name} | {package.Version} | {package.Licence} |"),
    ];

    private static IEnumerable<(string Name, string Version, string Licence)> Nuget(string project)
    {
        var assets = Path.Combine(Root, project, "obj/project.assets.json");
        if (!File.Exists(assets))
        {
            yield break;
        }

        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        foreach (var library in json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var path = library.Value.GetProperty("path").GetString()!;
            var parts = library.Name.Split('/');
            var folder = folders.Select(one => Path.Combine(one, path)).First(Directory.Exists);
            yield return (parts[0], parts[1], LicenceOf(XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single())));
        }
    }

    private static string LicenceOf(XDocument nuspec)
    {
        var metadata = nuspec.Root!.Elements().First().Elements().ToList();
        var licence = metadata.FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value
            : licence is not null ? $"{licence.Value} in the package"
            : metadata.FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value ?? "not stated";
    }

    private static IEnumerable<(string Name, string Version, string Licence)> Npm()
    {
        const string Folder = "node_modules/";
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "tests/npm/package-lock.json")));
        foreach (var package in json.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0))
        {
            yield return (
                package.Name[(package.Name.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..],
                package.Value.GetProperty("version").GetString()!,
                package.Value.TryGetProperty("license", out var licence) ? licence.ToString() : "not stated");
        }
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
