using Microsoft.Extensions.Options;

namespace Notify.Admin.Metrics;

/// <summary>Where metrics are sent by OTLP: section <c>Otlp</c>. Without an endpoint they are not.</summary>
public sealed class OtlpOptions
{
    public const string Section = "Otlp";
    public const string Grpc = "grpc";
    public const string HttpProtobuf = "http/protobuf";

    /// <summary>Of a collector: <c>http://localhost:4318</c>. With <see cref="HttpProtobuf"/>, <c>/v1/metrics</c> is added where there is
    /// no path.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary><see cref="Grpc"/> or <see cref="HttpProtobuf"/>.</summary>
    public string Protocol { get; set; } = HttpProtobuf;

    /// <summary>Sent with each export: <c>name=value,name=value</c>. A secret.</summary>
    public string Headers { get; set; } = "";

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Null when nothing is exported.</summary>
    public Uri? Address
    {
        get
        {
            if (Endpoint.Length == 0)
            {
                return null;
            }

            var address = new Uri(Endpoint);
            return Protocol == HttpProtobuf && address.AbsolutePath == "/" ? new Uri(address, "/v1/metrics") : address;
        }
    }
}

/// <summary>Refuses what cannot be sent to.</summary>
internal sealed class OtlpOptionsValidator : IValidateOptions<OtlpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtlpOptions options)
    {
        List<string> failures = [];
        if (options.Endpoint.Length > 0
            && !(Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address)
            && address is { Scheme: "http" or "https", UserInfo: "" }))
        {
            failures.Add("Otlp:Endpoint is not an http:// or https:// address without user and password. Example: http://localhost:4318");
        }

        if (options.Protocol is not (OtlpOptions.Grpc or OtlpOptions.HttpProtobuf))
        {
            failures.Add($"Otlp:Protocol is '{options.Protocol}'. Use {OtlpOptions.HttpProtobuf} or {OtlpOptions.Grpc}.");
        }

        if (options.Headers.Length > 0 && !options.Headers.Split(',').All(header => header.Split('=', 2) is [var name, _]
            && !string.IsNullOrWhiteSpace(name)))
        {
            failures.Add("Otlp:Headers cannot be read. Write name=value, and a comma between two: Authorization=Bearer …,X-Tenant=7");
        }

        if (options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromHours(1))
        {
            failures.Add($"Otlp:Interval is '{options.Interval}': give a time from 00:00:01 to 01:00:00.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
