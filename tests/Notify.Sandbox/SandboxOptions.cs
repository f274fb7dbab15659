using System.Globalization;

namespace Notify.Sandbox;

/// <summary>How a sandbox is started. What it does can be changed later through <see cref="SandboxSettings"/>.</summary>
public sealed class SandboxOptions
{
    /// <summary>Addresses to listen on, separated by semicolons. Port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://localhost:5090";

    /// <summary>How many message bodies are kept, newest first to stay; 0 keeps none. Counters count all of them.</summary>
    public int KeepMessages { get; init; } = 10_000;

    /// <summary>How many calls (accepted or refused) are kept.</summary>
    public int KeepCalls { get; init; } = 2_000;

    /// <summary>Seed of the dice that faults with a probability throw, to repeat a run; null is a different run each time.</summary>
    public int? Seed { get; init; }

    /// <exception cref="ArgumentException">A value is not allowed; the message names the key, the value and the rule.</exception>
    internal static SandboxOptions From(IConfiguration configuration) => new()
    {
        Urls = Addresses(configuration["Urls"]) ?? new SandboxOptions().Urls,
        KeepMessages = Number(configuration, "KeepMessages", 0) ?? new SandboxOptions().KeepMessages,
        KeepCalls = Number(configuration, "KeepCalls", 0) ?? new SandboxOptions().KeepCalls,
        Seed = Number(configuration, "Seed", int.MinValue),
    };

    private static string? Addresses(string? urls)
    {
        if (string.IsNullOrWhiteSpace(urls))
        {
            return null;
        }

        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsHttp(url))
            {
                throw new ArgumentException($"Urls: '{url}' is not an http:// address. Example: http://localhost:5090");
            }
        }

        return urls;
    }

    private static bool IsHttp(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Scheme == "http";
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static int? Number(IConfiguration configuration, string key, int least) => configuration[key] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least =>
            number,
        var text => throw new ArgumentException($"{key}: '{text}' is not a whole number{(least == 0 ? " from 0" : "")}."),
    };
}
