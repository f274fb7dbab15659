using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;

namespace Notify.Admin.Testing;

/// <summary>What an ID token can have wrong.</summary>
public enum TokenFault
{
    None,
    WrongNonce,
    NoNonce,
    WrongAudience,
    WrongIssuer,
    Expired,
    NoAlgorithm,

    /// <summary>Signed with a key that the provider does not publish, under the name of one that it does.</summary>
    ForgedSignature,

    AnotherSubject,
}

/// <summary>A small OpenID Connect provider that is strict about what providers are strict about: client, redirect address, PKCE, and a
/// code once.</summary>
public sealed class TestIdentityProvider : IAsyncDisposable
{
    public const string DiscoveryPath = "/.well-known/openid-configuration";
    public const string ClientId = "notify";
    public const string ClientSecret = "secret-of-the-provider-for-tests";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri, string Nonce)> _codes = new();
    private readonly ConcurrentDictionary<string, object> _tokens = new();
    private readonly ConcurrentQueue<string> _issued = new();

    private (string Id, RSA Key) _key = ("1", RSA.Create(2048));
    private int _requests;

    private TestIdentityProvider(WebApplication app) => _app = app;

    /// <summary>What the provider says about whoever logs in next.</summary>
    public object Person { get; set; } = new { sub = "1", email = "sso@example.test", email_verified = true,
        groups = new[] { "notify-operators" } };

    /// <summary>The OAuth error that the provider sends the browser back with; null asks nobody and says yes.</summary>
    public string? Error { get; set; }

    public TokenFault Fault { get; set; }

    /// <summary>The claims that stand in the ID token beside those of the protocol.</summary>
    public IReadOnlyDictionary<string, object> TokenClaims { get; set; } = new Dictionary<string, object>();

    /// <summary>False has no userinfo endpoint.</summary>
    public bool HasUserInfo { get; set; } = true;

    /// <summary>The path that answers 500 with a page.</summary>
    public string? Broken { get; set; }

    /// <summary>Where that path leads instead, with what was sent to it.</summary>
    public Uri? Elsewhere { get; set; }

    /// <summary>Every request that arrived.</summary>
    public int Requests => _requests;

    /// <summary>Log-ins that reached the token endpoint with all that is asked for.</summary>
    public int Exchanges { get; private set; }

    /// <summary>Every code and access token that was given out.</summary>
    public IReadOnlyCollection<string> Issued => _issued;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private string Issuer => Address.AbsoluteUri.TrimEnd('/');

    public IReadOnlyDictionary<string, string> Configuration => new Dictionary<string, string>
    {
        ["SingleSignOn:Name"] = "Example ID",
        ["SingleSignOn:ClientId"] = ClientId,
        ["SingleSignOn:ClientSecret"] = ClientSecret,
        ["SingleSignOn:Authority"] = Issuer,
        ["SingleSignOn:RoleValues:Admin"] = "notify-admins",
        ["SingleSignOn:RoleValues:Operator"] = "notify-operators, notify-oncall",
    };

    public static async Task<TestIdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new TestIdentityProvider(app);
        app.Use((context, next) =>
        {
            Interlocked.Increment(ref provider._requests);
            if (context.Request.Path != provider.Broken)
            {
                return next(context);
            }

            if (provider.Elsewhere is { } elsewhere)
            {
                context.Response.Redirect(elsewhere.AbsoluteUri, permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            }

            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return context.Response.WriteAsync("<h1>Out of order</h1>");
        });
        app.MapGet(DiscoveryPath, provider.Discover);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        app.MapGet("/userinfo", provider.UserInfo);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Signs with a new key from now on, and publishes only that.</summary>
    public void RotateKey() => _key = (Guid.NewGuid().ToString("N"), RSA.Create(2048));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Ok<Dictionary<string, object>> Discover()
    {
        var document = new Dictionary<string, object>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        };
        if (HasUserInfo)
        {
            document["userinfo_endpoint"] = $"{Issuer}/userinfo";
        }

        return TypedResults.Ok(document);
    }

    private ContentHttpResult Keys()
    {
        var (id, key) = _key;
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return TypedResults.Content(JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", alg = "RS256", kid = id, n = Base64Url.EncodeToString(parameters.Modulus),
                    e = Base64Url.EncodeToString(parameters.Exponent),
                },
            },
        }), "application/json");
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256"
            || string.IsNullOrEmpty(query["state"]) || string.IsNullOrEmpty(query["nonce"])
            || !query["scope"].ToString().Split(' ').Contains("openid"))
        {
            return TypedResults.BadRequest();
        }

        if (Error is { } error)
        {
            return TypedResults.Redirect($"{query["redirect_uri"]}?error={error}&error_description=x&state={Uri.EscapeDataString(query["state"]!)}");
        }

        var code = Issue();
        _codes[code] = (query["code_challenge"]!, query["redirect_uri"]!, query["nonce"]!);
        return TypedResults.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret || form["grant_type"] != "authorization_code"
            || !_codes.TryRemove(form["code"].ToString(), out var issued) || issued.RedirectUri != form["redirect_uri"]
            || issued.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
        {
            return TypedResults.BadRequest(new { error = "invalid_grant" });
        }

        Exchanges++;
        var token = Issue();
        _tokens[token] = Person;
        return TypedResults.Ok(new { access_token = token, token_type = "Bearer", expires_in = 60, id_token = TokenOf(issued.Nonce) });
    }

    private string TokenOf(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var expires = Fault == TokenFault.Expired ? now - 3600 : now + 300;
        var claims = new Dictionary<string, object>(TokenClaims)
        {
            ["iss"] = Fault == TokenFault.WrongIssuer ? "https://elsewhere.example.test" : Issuer,
            ["aud"] = Fault == TokenFault.WrongAudience ? "another" : ClientId,
            ["sub"] = Fault == TokenFault.AnotherSubject
                ? "another" : JsonSerializer.SerializeToElement(Person).GetProperty("sub").GetString()!,
            ["iat"] = expires - 300,
            ["nbf"] = expires - 300,
            ["exp"] = expires,
        };
        if (Fault != TokenFault.NoNonce)
        {
            claims["nonce"] = Fault == TokenFault.WrongNonce ? $"{nonce}x" : nonce;
        }

        var (id, key) = Fault == TokenFault.ForgedSignature ? (_key.Id, RSA.Create(2048)) : _key;
        object head = Fault == TokenFault.NoAlgorithm ? new { alg = "none", typ = "JWT" } : new { alg = "RS256", typ = "JWT", kid = id };
        var signed = $"{Encode(head)}.{Encode(claims)}";
        var signature = Fault == TokenFault.NoAlgorithm
            ? [] : key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var token = $"{signed}.{Base64Url.EncodeToString(signature)}";
        _issued.Enqueue(token);
        return token;
    }

    private static string Encode(object content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));

    private string Issue()
    {
        var secret = Guid.NewGuid().ToString("N");
        _issued.Enqueue(secret);
        return secret;
    }

    private IResult UserInfo(HttpRequest request) =>
        _tokens.TryRemove(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), out var person)
            ? TypedResults.Ok(person)
            : TypedResults.Unauthorized();
}
