using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>The real text resources, and a way to read them in one language.</summary>
internal static class SlackTexts
{
    public static readonly IStringLocalizer<SlackText> Localizer = new StringLocalizer<SlackText>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    public static readonly string[] Languages = ["en", "zh-CN"];

    public static T In<T>(string language, Func<T> read)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
