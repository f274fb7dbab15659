using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests;

/// <summary>The look is MudBlazor's theme; the sheets that every page loads only lay out and draw the few components of our own.</summary>
public sealed class StyleSheetTests
{
    private const int MostLines = 450;

    [Fact]
    public void SheetsOfEveryPage_StaySmall()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Notify.Admin/wwwroot/css"), "*.css")
            .SelectMany(File.ReadLines).Select(line => line.Trim())
            .Count(line => line.Length > 0
                && !(line.StartsWith("/*", StringComparison.Ordinal) && line.EndsWith("*/", StringComparison.Ordinal)));

        lines.ShouldBeLessThanOrEqualTo(MostLines, "what one component needs belongs into its own .razor.css");
    }
}
