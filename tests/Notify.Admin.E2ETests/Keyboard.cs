using Microsoft.Playwright;

namespace Notify.Admin.E2ETests;

/// <summary>Somebody without a mouse.</summary>
internal static class Keyboard
{
    // More stops than any page has.
    private const int MostStops = 200;

    /// <summary>Presses Tab until <paramref name="target"/> has the focus.</summary>
    public static Task TabToAsync(this IPage page, ILocator target) => MoveToAsync(page, target, "Tab");

    /// <summary>Presses Shift+Tab until <paramref name="target"/> has the focus.</summary>
    public static Task TabBackToAsync(this IPage page, ILocator target) => MoveToAsync(page, target, "Shift+Tab");

    /// <summary>Puts text in at once, as pasting does.</summary>
    public static async Task TabAndPasteAsync(this IPage page, ILocator target, string text)
    {
        await page.TabToAsync(target);
        await page.Keyboard.InsertTextAsync(text);
    }

    private static async Task MoveToAsync(IPage page, ILocator target, string key)
    {
        await target.WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync(key);
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        throw new InvalidOperationException($"{key} does not reach {target}.");
    }
}
