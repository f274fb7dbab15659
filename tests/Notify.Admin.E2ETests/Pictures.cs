using Microsoft.Playwright;
using Notify.Admin.Testing;

namespace Notify.Admin.E2ETests;

/// <summary>The pictures of the READMEs, taken by the journeys when <c>NOTIFY_TEST_PICTURES</c> is set; a normal run leaves the files
/// alone.</summary>
internal static class Pictures
{
    private static readonly bool IsWanted = Environment.GetEnvironmentVariable("NOTIFY_TEST_PICTURES") is { Length: > 0 };

    public static async Task TakeAsync(IPage page, string name)
    {
        if (IsWanted)
        {
            var path = Repository.At("tests", "Notify.Admin.E2ETests", "Pictures", $"{name}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Animations = ScreenshotAnimations.Disabled });
        }
    }
}
