using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;

namespace Notify.Admin.ChannelPages;

internal static class LayoutChecks
{
    /// <summary>What keeps a layout from being saved; null where nothing does.</summary>
    public static FieldRefusal? Of(string layout) =>
        MessageLayout.FindProblem(layout, Bilingual.LanguageOf(CultureInfo.CurrentUICulture)) is { } problem
            ? new FieldRefusal("Layout", "Form.Layout.Wrong", problem) : null;
}
