using MudBlazor;

namespace Notify.Admin.Shared;

/// <summary>Short confirmations at the foot of the page, for what is visible anyway. A verdict belongs into a <see cref="StatusMessage"/>,
/// which stays.</summary>
internal static class Snackbars
{
    /// <param name="text">What was done: "Integration 'sec-alerts' is off".</param>
    public static void Confirm(this ISnackbar snackbar, string text) => snackbar.Add(text, MudBlazor.Severity.Normal);

    /// <param name="text">What was done.</param>
    /// <param name="undo">The button's word.</param>
    /// <param name="onUndo">Takes it back.</param>
    public static void Confirm(this ISnackbar snackbar, string text, string undo, Func<Task> onUndo) =>
        snackbar.Add(text, MudBlazor.Severity.Normal, options =>
        {
            options.Action = undo;
            options.ActionColor = Color.Inherit;
            options.OnClick = _ => onUndo();
        });
}
