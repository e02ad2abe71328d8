extension ConfigurationSchemaTests {
  static let expectedSchema = #"""
    {
      "$defs": {
        "reference": {
          "description": "A variable of the daemon's environment, or a file, with the value.",
          "oneOf": [
            {
              "additionalProperties": false,
              "properties": {
                "env": {
                  "type": "string"
                }
              },
              "required": [
                "env"
              ],
              "type": "object"
            },
            {
              "additionalProperties": false,
              "properties": {
                "file": {
                  "type": "string"
                }
              },
              "required": [
                "file"
              ],
              "type": "object"
            }
          ]
        }
      },
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "additionalProperties": false,
      "description": "How stays are found.",
      "properties": {
        "api_key": {
          "anyOf": [
            {
              "maxLength": 65536,
              "type": "string"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ]
        },
        "balance": {
          "anyOf": [
            {
              "maximum": 9223372036854775807,
              "minimum": -9223372036854775808,
              "type": "integer"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ],
          "x-unit": "fen"
        },
        "budget": {
          "anyOf": [
            {
              "maximum": 18446744073709551615,
              "minimum": 0,
              "type": "integer"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ],
          "x-unit": "fen"
        },
        "city": {
          "anyOf": [
            {
              "maxLength": 65536,
              "type": "string"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ]
        },
        "least_stars": {
          "anyOf": [
            {
              "maximum": 4294967295,
              "minimum": 0,
              "type": "integer"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ],
          "description": "Stars that a hotel needs."
        },
        "season": {
          "anyOf": [
            {
              "enum": [
                "summer",
                "winter"
              ]
            },
            {
              "$ref": "#/$defs/reference"
            }
          ],
          "description": "When one travels.\nsummer: Until September."
        },
        "seed": {
          "anyOf": [
            {
              "contentEncoding": "base64",
              "type": "string"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ]
        },
        "shift": {
          "anyOf": [
            {
              "maximum": 2147483647,
              "minimum": -2147483648,
              "type": "integer"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ]
        },
        "since": {
          "anyOf": [
            {
              "format": "date",
              "type": "string"
            },
            {
              "maximum": 2147483647,
              "minimum": -2147483648,
              "type": "integer"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ],
          "x-unit": "day"
        },
        "strict": {
          "anyOf": [
            {
              "enum": [
                "false",
                "true",
                false,
                true
              ]
            },
            {
              "$ref": "#/$defs/reference"
            }
          ]
        },
        "weight": {
          "anyOf": [
            {
              "type": "number"
            },
            {
              "$ref": "#/$defs/reference"
            }
          ]
        }
      },
      "title": "cn.example.stays.config",
      "type": "object"
    }

    """#
}
