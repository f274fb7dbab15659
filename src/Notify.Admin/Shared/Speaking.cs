using System.Globalization;

namespace Notify.Admin.Shared;

/// <summary>Texts in another language than that of who asks for them.</summary>
internal static class Speaking
{
    /// <param name="say">Reads its texts before it returns.</param>
    public static T In<T>(CultureInfo culture, Func<T> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = culture;
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
